/** Ways into the cluster and within: ingresses, network policies, addresses of services. */
@NullMarked
package dev.sallyport.resources.kinds.networking;

import org.jspecify.annotations.NullMarked;
