/**
 * The second door: may this user do this. The root package holds the contracts; {@code rbac} judges
 * by roles and bindings, {@code union} asks several authorizers in order.
 */
@NullMarked
package dev.sallyport.authz;

import org.jspecify.annotations.NullMarked;
