/**
 * What the lab's services share in speaking HTTP: a request as a value, an answer as a value, and the way between
 * them and the sockets. Services are functions from one to the other and never see the web server.
 */
@NullMarked
package io.isospin.lab.http;

import org.jspecify.annotations.NullMarked;
