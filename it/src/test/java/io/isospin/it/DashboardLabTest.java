package io.isospin.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The chapter's pages in a browser, on a running lab: what is made there comes to be on hosts, and instances live on it. */
class DashboardLabTest {
    private static Browser browser;
    private static String password;

    @BeforeAll
    static void startTheLab() throws IOException, InterruptedException {
        assumeTrue(Browser.isInstalled(), "Chromium and its driver are not installed");
        assertThat(TheLab.start()).contains("http://127.0.0.1:9696/dashboard");
        password = Checkout.admin(10, "printf %s \"$OS_PASSWORD\"").output();
        browser = Browser.at("http://127.0.0.1:9696");
    }

    @AfterAll
    static void stopTheLab() throws IOException, InterruptedException {
        if (browser != null) {
            browser.close();
            TheLab.stop();
        }
    }

    @Test
    void aNetworkAndAnInstanceOnIt() throws IOException, InterruptedException {
        browser.open("#/admin/networks");
        browser.signIn("admin", password);
        browser.press("Create network");
        browser.fill("name", "MyFlatNetwork");
        browser.fill("project_id", "admin");
        browser.fill("provider:network_type", "Flat");
        browser.fill("provider:physical_network", "physnet2");
        browser.fill("shared", "true");
        browser.fill("with_subnet", "true");
        browser.press("Next");
        browser.fill("name", "MyFlatSubnet");
        browser.fill("cidr", "192.168.100.0/24");
        browser.press("Next");
        browser.fill("dns_nameservers", "8.8.8.8", "8.8.4.4");
        browser.press("Create");
        browser.dialogCloses();
        browser.sees("MyFlatSubnet");
        browser.shoot("lab-admin-networks");
        // The DHCP agent has heard of it, and says so: the page follows.
        browser.press("MyFlatNetwork");
        browser.find("nav.tabs a[href$='/ports']").click();
        browser.sees("network:dhcp");
        browser.sees("Active");
        browser.shoot("lab-ports");
        assertThat(Checkout.run(20, "./isospin", "shell", "controller01", "ip", "netns")
                        .output())
                .contains("qdhcp-");
        browser.press("DHCP agents");
        browser.sees("controller01");
        browser.sees("Alive");
        browser.shoot("lab-dhcp-agents");

        browser.go("#/project/instances");
        browser.press("Launch instance");
        browser.fill("name", "web");
        browser.fill("image", "cirros");
        browser.fill("flavor", "m1.tiny");
        browser.fill("network", "MyFlatNetwork");
        browser.fill("host", "compute01");
        browser.shoot("lab-launch");
        browser.press("Launch instance");
        browser.dialogCloses();
        browser.sees("Active");
        browser.sees("192.168.100.");
        browser.shoot("lab-instances");
        browser.press("web");
        browser.press("Console log");
        browser.sees("Booting web");
        browser.shoot("lab-console");
        browser.go("#/project/topology");
        browser.sees("MyFlatNetwork");
        browser.sees("web");
        browser.isAccessible("topology");
        browser.shoot("lab-topology");

        browser.go("#/project/networks");
        browser.press("Create network");
        browser.fill("name", "MyUserNetwork");
        browser.press("Next");
        browser.fill("cidr", "192.168.204.0/24");
        browser.press("Next");
        browser.addRow("allocation_pools", "192.168.204.50", "192.168.204.99");
        browser.press("Create");
        browser.dialogCloses();
        browser.sees("MyUserNetwork");
        browser.go("#/project/instances");
        browser.press("web");
        browser.press("Attach interface");
        browser.fill("network", "MyUserNetwork");
        browser.press("Attach interface");
        browser.dialogCloses();
        browser.sees("192.168.204.");
        browser.shoot("lab-attached");
        browser.go("#/project/topology");
        browser.sees("192.168.204.");
        browser.shoot("lab-topology-two");
        browser.go("#/project/instances");
        browser.press("Actions on web");
        browser.press("Delete");
        browser.press("Delete");
        browser.dialogCloses();
        browser.sees("Nothing here yet.");
        assertThat(browser.complaints()).isEmpty();
    }
}
