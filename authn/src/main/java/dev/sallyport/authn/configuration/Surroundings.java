package dev.sallyport.authn.configuration;

import java.util.List;

/**
 * What is configured beside the file, which it may not contradict.
 *
 * @param ownIssuers the issuers of this server's service accounts
 * @param anonymousByFlag whether a flag speaks of anonymous requests already
 * @param systemNames names of the prefix {@code system:} that a flag lets others give
 */
public record Surroundings(
    List<String> ownIssuers, boolean anonymousByFlag, List<String> systemNames) {
  public Surroundings {
    systemNames = List.copyOf(systemNames);
    ownIssuers = List.copyOf(ownIssuers);
  }
}
