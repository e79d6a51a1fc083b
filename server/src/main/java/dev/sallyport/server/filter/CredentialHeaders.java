package dev.sallyport.server.filter;

import dev.sallyport.config.RequestHeaderConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Hides the headers that carry credentials or a front proxy's word. Nothing behind authentication
 * sees them, whether they were believed or not. Any thread.
 */
public final class CredentialHeaders implements HeaderView {

  private final Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
  private final List<String> prefixes = new ArrayList<>();

  public CredentialHeaders(Optional<RequestHeaderConfig> requestHeader) {
    names.add("Authorization");
    requestHeader.ifPresent(this::addFrontProxy);
  }

  private void addFrontProxy(RequestHeaderConfig config) {
    names.addAll(config.usernameHeaders());
    names.addAll(config.uidHeaders());
    names.addAll(config.groupHeaders());
    for (String prefix : config.extraHeaderPrefixes()) {
      prefixes.add(prefix.toLowerCase(Locale.ROOT));
    }
  }

  @Override
  public @Nullable String shown(String name, String value) {
    if (covers(name)) {
      return null;
    }
    if (!name.equalsIgnoreCase(WebSockets.PROTOCOLS)) {
      return value;
    }
    String protocols = WebSockets.withoutToken(value);
    return protocols.isEmpty() && !value.isEmpty() ? null : protocols;
  }

  /** An underscore counts as a hyphen: somebody behind us may read it so. */
  private boolean covers(String sent) {
    String name = sent.indexOf('_') < 0 ? sent : sent.replace('_', '-');
    if (names.contains(name)) {
      return true;
    }
    for (String prefix : prefixes) {
      if (name.regionMatches(true, 0, prefix, 0, prefix.length())) {
        return true;
      }
    }
    return false;
  }
}
