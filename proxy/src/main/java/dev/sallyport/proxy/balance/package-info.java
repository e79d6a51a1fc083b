/** Several endpoints behind one name: choice, health, limits, retries and timeouts. */
@NullMarked
package dev.sallyport.proxy.balance;

import org.jspecify.annotations.NullMarked;
