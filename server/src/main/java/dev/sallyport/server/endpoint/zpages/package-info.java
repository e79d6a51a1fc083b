/** z-pages: what this process is and how it was started, for people who look into a trouble. */
@NullMarked
package dev.sallyport.server.endpoint.zpages;

import org.jspecify.annotations.NullMarked;
