package dev.sallyport.config;

import java.nio.file.Path;
import java.util.List;

/**
 * Identities that a front proxy hands on in request headers.
 *
 * @param clientCa the bundle that the front proxy's own client certificate must chain to
 * @param allowedNames common names the proxy's certificate may have; empty: any
 * @param usernameHeaders headers to look for the user name in, in this order
 * @param uidHeaders headers to look for the uid in, in this order
 * @param groupHeaders headers to take groups from, all of them
 * @param extraHeaderPrefixes prefixes of the headers to take extra values from
 * @see <a
 *     href="https://kubernetes.io/docs/reference/access-authn-authz/authentication/#authenticating-proxy">authenticating
 *     proxy</a>
 */
public record RequestHeaderConfig(
    Path clientCa,
    List<String> allowedNames,
    List<String> usernameHeaders,
    List<String> uidHeaders,
    List<String> groupHeaders,
    List<String> extraHeaderPrefixes) {

  public RequestHeaderConfig {
    allowedNames = List.copyOf(allowedNames);
    usernameHeaders = List.copyOf(usernameHeaders);
    uidHeaders = List.copyOf(uidHeaders);
    groupHeaders = List.copyOf(groupHeaders);
    extraHeaderPrefixes = List.copyOf(extraHeaderPrefixes);
    Faults faults = new Faults();
    checkBlank(faults, "--requestheader-allowed-names", allowedNames);
    checkBlank(faults, "--requestheader-username-headers", usernameHeaders);
    checkBlank(faults, "--requestheader-uid-headers", uidHeaders);
    checkBlank(faults, "--requestheader-group-headers", groupHeaders);
    checkBlank(faults, "--requestheader-extra-headers-prefix", extraHeaderPrefixes);
    faults.throwIfAny();
  }

  private static void checkBlank(Faults faults, String flag, List<String> values) {
    for (String value : values) {
      faults.check(!value.isBlank(), flag, value, "no empty name");
    }
  }
}
