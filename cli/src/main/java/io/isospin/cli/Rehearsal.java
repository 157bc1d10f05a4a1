package io.isospin.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * Every kind of command, once, against canned answers on a loopback port. The build runs this so that the virtual
 * machine can remember which classes the client needs; it is no part of what users run.
 */
public final class Rehearsal implements AutoCloseable {
    private static final String ID = "11111111-2222-3333-4444-555555555555";
    private static final String NETWORK = """
            {"id":"%s","name":"n","tenant_id":"t","admin_state_up":true,"mtu":1500,"shared":false,
            "provider:segmentation_id":null,"subnets":["%s"],"tags":[],"status":"ACTIVE"}""".formatted(ID, ID);
    private static final String SUBNET = """
            {"id":"%s","name":"s","cidr":"10.0.0.0/24","allocation_pools":[{"start":"10.0.0.2","end":"10.0.0.254"}],
            "dns_nameservers":["8.8.8.8"],"host_routes":[],"ip_version":4,"gateway_ip":null}""".formatted(ID);
    private static final String PORT = """
            {"id":"%s","name":"p","mac_address":"fa:16:3e:00:00:01","binding:vif_details":{"port_filter":true},
            "fixed_ips":[{"subnet_id":"%s","ip_address":"10.0.0.3"}]}""".formatted(ID, ID);

    private final ServerSocket socket;

    private Rehearsal() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().name("canned answers").start(this::serve);
    }

    public static void main(String[] args) throws IOException {
        int failed = 0;
        try (var rehearsal = new Rehearsal()) {
            String base = "http://127.0.0.1:" + rehearsal.socket.getLocalPort();
            var keystone =
                    Map.of("OS_AUTH_URL", base + "/v3", "OS_USERNAME", "u", "OS_PASSWORD", "p", "OS_PROJECT_NAME", "p");
            for (var line : List.of(
                    "net-list",
                    "net-list -f json --sort-key name -c id",
                    "net-list -f csv",
                    "net-list -f yaml",
                    "net-list -f value",
                    "net-show n",
                    "net-show n -f shell --max-width 60",
                    "net-create --provider:network_type=vlan --shared n --mtu type=int 1400",
                    "net-update n --shared=False",
                    "net-delete " + ID,
                    "subnet-list",
                    "subnet-show s",
                    "subnet-create n 10.0.0.0/24 --allocation-pool start=10.0.0.2,end=10.0.0.9 --dns-nameservers 1.1.1.1 2.2.2.2",
                    "subnet-update s --no-gateway",
                    "port-list",
                    "port-show p",
                    "port-create n --fixed-ip subnet_id=s --extra-dhcp-opt opt_name=a,opt_value=b",
                    "port-delete p",
                    "ext-list",
                    "help net-list")) {
                failed += Main.run(line.split(" "), keystone);
            }
            Main.run(new String[] {"net-show", "missing"}, Map.of("OS_AUTH_STRATEGY", "noauth", "OS_URL", base));
            Main.run(new String[] {"net-show"}, keystone);
        }
        System.exit(failed == 0 ? 0 : 1);
    }

    private void serve() {
        while (!socket.isClosed()) {
            try (var connection = socket.accept()) {
                converse(connection);
            } catch (IOException e) {
                // The client hung up, or the rehearsal is over: the loop's condition tells which.
                Thread.onSpinWait();
            }
        }
    }

    private void converse(Socket connection) throws IOException {
        var in = new BufferedReader(new InputStreamReader(connection.getInputStream(), StandardCharsets.US_ASCII));
        for (String request = in.readLine(); request != null; request = in.readLine()) {
            int length = 0;
            for (String header = in.readLine(); header != null && !header.isEmpty(); header = in.readLine()) {
                if (header.regionMatches(true, 0, "Content-Length:", 0, 15)) {
                    length = Integer.parseInt(header.substring(15).strip());
                }
            }
            for (int i = 0; i < length; i++) {
                in.read();
            }
            connection.getOutputStream().write(answer(request).getBytes(StandardCharsets.UTF_8));
        }
    }

    private String answer(String request) {
        boolean missing = request.contains("missing");
        String body = request.startsWith("DELETE") ? "" : missing ? "{\"networks\":[]}" : body(request);
        String status = body.isEmpty() ? "204 No Content" : request.startsWith("POST") ? "201 Created" : "200 OK";
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nX-Subject-Token: t\r\n"
                + "X-Openstack-Request-Id: req-1\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
    }

    private String body(String request) {
        if (request.contains("/auth/tokens")) {
            return "{\"token\":{\"project\":{\"id\":\"t\"},\"roles\":[{\"name\":\"admin\"}],\"catalog\":[{\"type\":"
                    + "\"network\",\"endpoints\":[{\"interface\":\"public\",\"region_id\":\"r\",\"url\":\"http://127.0.0.1:"
                    + socket.getLocalPort() + "\"}]}]}}";
        }
        if (request.contains("/extensions")) {
            return "{\"extensions\":[{\"alias\":\"a\",\"name\":\"A\"}]}";
        }
        String member = request.contains("/networks") ? "network" : request.contains("/subnets") ? "subnet" : "port";
        String item = member.equals("network") ? NETWORK : member.equals("subnet") ? SUBNET : PORT;
        boolean list = request.startsWith("GET") && !request.contains("s/" + ID);
        return list ? "{\"" + member + "s\":[" + item + "]}" : "{\"" + member + "\":" + item + "}";
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
