package io.isospin.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import io.isospin.server.api.ApiError;
import io.isospin.server.dashboard.Answer;
import io.isospin.server.dashboard.Call;
import io.isospin.server.dashboard.Dashboard;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The dashboard over HTTP. */
final class DashboardRoutes {
    private static final System.Logger LOG = System.getLogger(DashboardRoutes.class.getName());

    private final Dashboard dashboard;
    private final Front front;

    DashboardRoutes(Dashboard dashboard, Front front) {
        this.dashboard = dashboard;
        this.front = front;
    }

    void serve(ServerRequest in, ServerResponse out) {
        var answer = answered(in);
        dashboard.guards().forEach((name, value) -> out.header(HeaderNames.create(name), value));
        // Several values of one header are none of the dashboard's.
        answer.headers().forEach((name, value) -> out.header(HeaderNames.create(name), value));
        out.status(Status.create(answer.status()));
        if (answer.body().length == 0 || in.prologue().method().text().equals("HEAD")) {
            out.send();
        } else {
            out.send(answer.body());
        }
    }

    private Answer answered(ServerRequest in) {
        try {
            return dashboard.answer(call(in));
        } catch (ApiError e) {
            var refusal = Errors.response(e);
            return new Answer(
                    refusal.status(),
                    Map.of("Content-Type", "application/json"),
                    refusal.body().getBytes(StandardCharsets.UTF_8));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, in.prologue().method().text() + " " + in.path().rawPath(), e);
            return new Answer(
                    500,
                    Map.of("Content-Type", "application/json"),
                    Errors.internal().body().getBytes(StandardCharsets.UTF_8));
        }
    }

    private Call call(ServerRequest in) {
        @Nullable String query = in.query().rawValue();
        return new Call(
                in.prologue().method().text(),
                in.path().rawPath().substring(Dashboard.PATH.length()),
                query == null ? "" : query,
                name -> Requests.header(in, name),
                largest -> in.content().hasEntity() ? Requests.bytes(in, largest) : new byte[0],
                front.base(in).startsWith("https:"));
    }
}
