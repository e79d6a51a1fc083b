/**
 * Judges by roles and bindings. {@link dev.sallyport.authz.rbac.RbacIndex} files every binding
 * under its subjects, so that a decision looks only at what its caller was given, however many
 * other bindings, roles and namespaces there are.
 */
@NullMarked
package dev.sallyport.authz.rbac;

import org.jspecify.annotations.NullMarked;
