package dev.sallyport.authn.configuration;

import java.util.List;

/**
 * What is configured beside the file, which it may not contradict.
 *
 * @param ownIssuers the issuers of this server's service accounts
 * @param anonymousByFlag whether a flag speaks of anonymous requests already
 */
public record Surroundings(List<String> ownIssuers, boolean anonymousByFlag) {
  public Surroundings {
    ownIssuers = List.copyOf(ownIssuers);
  }
}
