package dev.sallyport.server.cli;

import java.io.PrintStream;
import java.util.Objects;

/** What {@code --version} says. */
final class VersionText {
  private VersionText() {}

  static void print(PrintStream out) {
    // The jar's manifest knows; classes that were never packed do not.
    String own = Main.class.getPackage().getImplementationVersion();
    out.println("Sallyport " + Objects.requireNonNullElse(own, "(not packaged)"));
    out.println("Kubernetes API v1.36.3");
    out.println("Java " + Runtime.version());
  }
}
