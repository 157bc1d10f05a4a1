package io.isospin.agent.metadata;

import java.time.Duration;

/**
 * What guests may take of the agent, so that none of them can take it from the others.
 *
 * @param connections at a time, of all networks
 * @param ofNetwork connections of one network
 * @param ofSource connections of one address
 * @param head bytes of a request line with its headers
 * @param headers lines of headers
 * @param body bytes of a request's body
 * @param answer bytes of Nova's answer
 * @param idle how long a connection waits for its next request
 * @param request how long a request may take to arrive, from its first byte to its last
 * @param nova how long Nova may take
 * @param response how long a guest may take to take the answer
 */
public record Limits(
        int connections,
        int ofNetwork,
        int ofSource,
        int head,
        int headers,
        int body,
        int answer,
        Duration idle,
        Duration request,
        Duration nova,
        Duration response) {
    /** Nova has the 60 s that Neutron gives it; the other figures are ours. */
    public static final Limits STANDARD = new Limits(
            2048,
            512,
            16,
            16 << 10,
            100,
            64 << 10,
            1 << 20,
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            Duration.ofSeconds(60),
            Duration.ofSeconds(30));
}
