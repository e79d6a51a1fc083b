/** Who may do what: roles and their bindings, certificate signing requests. */
@NullMarked
package dev.sallyport.resources.kinds.access;

import org.jspecify.annotations.NullMarked;
