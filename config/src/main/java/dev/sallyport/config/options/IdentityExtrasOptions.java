package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.LIST;
import static dev.sallyport.config.flags.ValueType.SWITCH;

import dev.sallyport.config.Faults;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** What upstreams are told beside the caller's own, by the names of kube-oidc-proxy's flags. */
final class IdentityExtrasOptions {
  private final Flag<Boolean> clientAddress;
  private final Flag<List<String>> fixed;

  IdentityExtrasOptions(FlagSection section) {
    clientAddress =
        section.flag(
            "extra-user-header-client-ip",
            SWITCH,
            "false",
            "Tell --upstream and --upstream-kubeconfig the client's address as the extra key "
                + IdentityExtras.CLIENT_ADDRESS
                + " of the caller (Impersonate-Extra-…, X-Remote-Extra-…).");
    fixed =
        section.flag(
            "extra-user-headers",
            LIST,
            "",
            "key=value,…: further extra keys, the same for every caller. A key may be repeated for"
                + " several values.");
  }

  /** Those that are given. */
  Stream<Flag<?>> given() {
    return Stream.<Flag<?>>of(clientAddress, fixed).filter(Flag::isSet);
  }

  IdentityExtras toConfig(Faults faults) {
    Map<String, List<String>> all = new LinkedHashMap<>();
    for (String pair : fixed.read(faults)) {
      int equals = pair.indexOf('=');
      if (equals < 1 || !IdentityExtras.tellable(pair)) {
        faults.add(fixed.label(), pair, "key=value");
      } else {
        String key = pair.substring(0, equals).strip().toLowerCase(Locale.ROOT);
        IdentityExtras.add(all, key, pair.substring(equals + 1));
      }
    }
    return new IdentityExtras(clientAddress.read(faults), all);
  }
}
