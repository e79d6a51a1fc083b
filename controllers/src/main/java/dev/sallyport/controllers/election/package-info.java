/** One leader among replicas: who holds the Lease runs the controllers. */
@NullMarked
package dev.sallyport.controllers.election;

import org.jspecify.annotations.NullMarked;
