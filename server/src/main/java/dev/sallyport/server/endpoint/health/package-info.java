/** The probes /healthz, /livez and /readyz. */
@NullMarked
package dev.sallyport.server.endpoint.health;

import org.jspecify.annotations.NullMarked;
