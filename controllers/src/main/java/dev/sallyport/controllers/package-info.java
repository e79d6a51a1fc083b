/** What keeps the store true: default objects, service accounts, root CA, aggregation. */
@NullMarked
package dev.sallyport.controllers;

import org.jspecify.annotations.NullMarked;
