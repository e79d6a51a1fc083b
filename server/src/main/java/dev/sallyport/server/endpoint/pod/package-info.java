/**
 * What stands below pods, services and nodes and is done rather than stored: placing a pod on a
 * node, moving it away, and the ways into it, which end here because no kubelet is reached.
 */
@NullMarked
package dev.sallyport.server.endpoint.pod;

import org.jspecify.annotations.NullMarked;
