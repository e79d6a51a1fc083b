/** The namespaces there must be, what every namespace begins with, and how one ends. */
@NullMarked
package dev.sallyport.controllers.namespace;

import org.jspecify.annotations.NullMarked;
