package io.isospin.agent;

import io.isospin.agent.config.AgentConfig;
import io.isospin.agent.config.Capabilities;
import io.isospin.agent.config.Preflight;
import io.isospin.core.config.ConfigException;
import io.isospin.core.config.ConfigFiles;
import io.isospin.core.config.Explanation;
import io.isospin.core.config.Settings;
import io.isospin.linux.LinuxKernel;
import io.isospin.linux.kernel.Kernel;
import io.isospin.linux.process.LinuxProcesses;
import io.isospin.linux.systemd.ServiceNotice;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Starts the agent: {@code --config-file} neutron.conf, ml2_conf.ini, linuxbridge_agent.ini, dhcp_agent.ini. Exit
 * status 2 for settings that can't be used, 1 for a host that can't be worked on. SIGTERM ends it and leaves bridges,
 * namespaces and dnsmasq as they are.
 */
public final class Main {
    private static final String USAGE = "usage: isospin agent --config-file FILE [--config-file FILE ...]";

    private static final String EXPLAIN = "--explain";

    private Main() {}

    public static void main(String[] args) throws InterruptedException {
        Log.configure();
        System.Logger log = System.getLogger(Main.class.getName());
        if (List.of(args).contains(EXPLAIN)) {
            explain(args);
            return;
        }
        var missing = Capabilities.missing();
        if (!missing.isEmpty()) {
            fail(
                    1,
                    "the agent makes bridges, tunnels and namespaces, for which it lacks " + String.join(", ", missing)
                            + ". Run it as root, or as the service isospin-agent, which gives it these capabilities");
        }
        try {
            ConfigFiles arguments = ConfigFiles.fromArguments(List.of(args));
            if (!arguments.rest().isEmpty()) {
                fail(2, "unknown arguments " + arguments.rest() + "\n" + USAGE);
            }
            Settings settings = Settings.read(arguments.files());
            AgentConfig config = AgentConfig.from(settings);
            Preflight.files(settings, config);
            Kernel kernel = LinuxKernel.open();
            Preflight.network(settings, config.linuxBridge(), kernel.root().observe());
            settings.check();

            var agent = new Agent(config, kernel, new LinuxProcesses(), !Preflight.isOpenToAll(config.statePath()));
            var notice = ServiceNotice.of(System.getenv());
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(
                            () -> {
                                notice.close();
                                agent.close();
                            },
                            "shutdown"));
            log.log(
                    Level.INFO,
                    "agent of host {0} started: {1}, servers {2}, state in {3}",
                    config.host(),
                    config.agents(),
                    config.server().servers(),
                    config.statePath());
            notice.ready(
                    "host " + config.host() + ", " + config.agents(),
                    () -> kernel.root().observe() != null);
        } catch (ConfigException e) {
            fail(2, "the agent can't start with this configuration:\n" + e.getMessage());
        }
        new CountDownLatch(1).await();
    }

    /** What becomes of each line of the files, without starting anything. */
    private static void explain(String[] args) {
        var settings = Settings.read(ConfigFiles.fromArguments(List.of(args)).files());
        AgentConfig.from(settings);
        Explanation.print(settings, System.out);
    }

    private static void fail(int status, String message) {
        System.err.println(message);
        System.exit(status);
    }
}
