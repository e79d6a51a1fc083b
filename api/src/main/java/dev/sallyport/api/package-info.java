/**
 * The words all rooms share: who asks ({@link dev.sallyport.api.UserInfo}), what is asked ({@link
 * dev.sallyport.api.RequestInfo}) and what is answered on refusal ({@link
 * dev.sallyport.api.Status}). Values only: no I/O, no logging, no network types.
 */
@NullMarked
package dev.sallyport.api;

import org.jspecify.annotations.NullMarked;
