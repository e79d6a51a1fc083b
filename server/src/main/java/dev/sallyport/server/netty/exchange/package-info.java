/** What both HTTP versions share: a request, its body and the way to its response. */
@NullMarked
package dev.sallyport.server.netty.exchange;

import org.jspecify.annotations.NullMarked;
