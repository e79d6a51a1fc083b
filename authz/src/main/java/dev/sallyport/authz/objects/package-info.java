/** Roles and bindings as Kubernetes writes them. */
@NullMarked
package dev.sallyport.authz.objects;

import org.jspecify.annotations.NullMarked;
