package io.isospin.server.store;

import java.util.List;

/** What a request comes to: the changes it wants and the answer it gets once they are durable. */
public record Decision<T>(List<Change> changes, T answer) {
    public static <T> Decision<T> nothing(T answer) {
        return new Decision<>(List.of(), answer);
    }
}
