/**
 * The chain every request passes: one list in reading order, from the panic guard to the endpoint.
 * What a filter learns travels in a {@link dev.sallyport.server.chain.RequestContext}.
 */
@NullMarked
package dev.sallyport.server.chain;

import org.jspecify.annotations.NullMarked;
