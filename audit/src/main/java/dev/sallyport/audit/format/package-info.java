/**
 * Events as bytes, written straight into one growing buffer: JSON as Kubernetes has it, or lines.
 */
@NullMarked
package dev.sallyport.audit.format;

import org.jspecify.annotations.NullMarked;
