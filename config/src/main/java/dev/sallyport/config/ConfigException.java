package dev.sallyport.config;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The server cannot start with what it was given. Carries every fault that was found, not only the
 * first; Main prints one line for each and ends with exit code 1, without a stack trace.
 */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<Fault> faults;

  public ConfigException(List<Fault> faults) {
    // No stack trace: this is told to a person who typed a flag, not to one who reads code.
    super(
        faults.stream().map(Fault::toString).collect(Collectors.joining("\n")), null, false, false);
    this.faults = List.copyOf(faults);
  }

  public ConfigException(Fault fault) {
    this(List.of(fault));
  }

  public List<Fault> faults() {
    return faults;
  }
}
