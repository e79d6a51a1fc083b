/** The service account that every namespace has. */
@NullMarked
package dev.sallyport.controllers.serviceaccount;

import org.jspecify.annotations.NullMarked;
