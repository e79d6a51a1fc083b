/** Which requests go to which upstreams, decided once and before anything is asked of them. */
@NullMarked
package dev.sallyport.server.filter.route;

import org.jspecify.annotations.NullMarked;
