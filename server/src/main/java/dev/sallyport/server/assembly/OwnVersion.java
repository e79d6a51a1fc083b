package dev.sallyport.server.assembly;

import org.jspecify.annotations.Nullable;

/** This build's version, as the jar's manifest has it. */
final class OwnVersion {

  static final String TEXT = text(OwnVersion.class.getPackage().getImplementationVersion());

  private OwnVersion() {}

  private static String text(@Nullable String manifest) {
    return manifest == null ? "unpackaged" : manifest;
  }
}
