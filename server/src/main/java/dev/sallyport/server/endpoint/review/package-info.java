/**
 * Objects that are answered and never stored: what somebody may do. Other reviews plug their {@link
 * dev.sallyport.server.endpoint.review.Review} into the same {@link
 * dev.sallyport.server.endpoint.review.ReviewEndpoint}.
 */
@NullMarked
package dev.sallyport.server.endpoint.review;

import org.jspecify.annotations.NullMarked;
