package io.isospin.lab.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** From the API to devices: a server and an agent on a host of their own. */
final class WiringBench {
    private static final String HOST = "bench";
    private static final int SINGLE = 20;
    private static final int DHCP = 10;

    private final Checkout checkout;
    private final Kept kept;
    private final PrintStream out;

    WiringBench(Checkout checkout, Kept kept, PrintStream out) {
        this.checkout = checkout;
        this.kept = kept;
        this.out = out;
    }

    void run(int ports, int runs) throws IOException, InterruptedException {
        var folder = kept.keep(Folder.make());
        var host = kept.keep(BenchHost.make(folder.path()));
        var files = new ServerFiles(folder.path(), 9696);
        var server = kept.keep(
                host.start(checkout.server(files.server()), folder.path().resolve("server.log")));
        var api = kept.keep(Api.inside(host, files.port()));
        server.await("the server answers", () -> api.answers("/networks"));
        var agent = new AgentProcess(
                kept, host, checkout.agent(files.agent(HOST)), folder.path().resolve("agent.log"));
        agent.start();
        agent.await(
                "the agent reports itself",
                () -> api.get("/agents").path("agents").size() >= 2);
        out.println("server and agent run on a host of their own");

        var active = kept.keep(
                Watcher.inside(host, files.port(), "port", "&status=ACTIVE&device_owner=compute:nova&fields=id"));
        var wiring = new Wiring(host, api, active, HOST);
        List<String> rows = new ArrayList<>();
        rows.addAll(wiring.single(SINGLE));
        out.println("one port at a time: done");
        rows.addAll(wiring.dhcp(server, DHCP));
        out.println("networks with DHCP: done");
        var many = new Many(kept, host, wiring, folder.path());
        rows.addAll(many.run(ports, runs, out));
        var restart = new Restart(host, wiring, agent);
        rows.addAll(restart.run(ports, runs, out));

        out.println();
        out.println(Series.HEAD);
        rows.forEach(out::println);
    }
}
