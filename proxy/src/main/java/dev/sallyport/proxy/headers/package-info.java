/** What a backend is told, and what it must never be told, in headers. */
@NullMarked
package dev.sallyport.proxy.headers;

import org.jspecify.annotations.NullMarked;
