/**
 * Which requests go to which upstreams: the file of {@code --routes-config}, read strictly, with
 * all faults told together.
 */
@NullMarked
package dev.sallyport.config.routes;

import org.jspecify.annotations.NullMarked;
