/** Roles and bindings in files, as kubectl applies them, watched for changes. */
@NullMarked
package dev.sallyport.authz.file;

import org.jspecify.annotations.NullMarked;
