package dev.sallyport.config;

/**
 * How the server logs, always to standard error.
 *
 * @param verbosity klog's levels: 0 and 1 what an operator must know, 2 to 3 more of it, 4 and 5
 *     debugging, 6 and more everything
 * @param format lines for people or JSON for machines
 */
public record LoggingConfig(int verbosity, Format format) {
  /** The form of a line. */
  public enum Format {
    TEXT,
    JSON
  }

  public LoggingConfig {
    new Faults().check(verbosity >= 0, "-v", verbosity, "0 or more").throwIfAny();
  }
}
