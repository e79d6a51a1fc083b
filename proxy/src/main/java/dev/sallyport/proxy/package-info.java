/** The corridor: what stands behind the doors when it is somebody else's server. */
@NullMarked
package dev.sallyport.proxy;

import org.jspecify.annotations.NullMarked;
