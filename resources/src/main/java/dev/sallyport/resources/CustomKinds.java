package dev.sallyport.resources;

import org.jspecify.annotations.Nullable;

/** The kinds that are defined at run time, served or not. Any thread. */
@FunctionalInterface
public interface CustomKinds {

  /** No kinds but the built-in ones. */
  CustomKinds NONE = kind -> null;

  /** The kind in that version, or null. */
  @Nullable CustomKind find(GroupVersionKind kind);
}
