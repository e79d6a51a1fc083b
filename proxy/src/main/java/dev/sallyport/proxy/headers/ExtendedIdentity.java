package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.proxy.UpstreamException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The caller, with extra keys that are ours to give. */
final class ExtendedIdentity implements IdentityHeaders {

  private final IdentityHeaders plain;
  private final IdentityExtras extras;

  ExtendedIdentity(IdentityHeaders plain, IdentityExtras extras) {
    this.plain = plain;
    this.extras = extras;
  }

  @Override
  public void write(UserInfo caller, HeaderSink out) throws UpstreamException {
    write(caller, "", out);
  }

  @Override
  public void write(UserInfo caller, String clientAddress, HeaderSink out)
      throws UpstreamException {
    Map<String, List<String>> all = new LinkedHashMap<>();
    caller
        .extra()
        .forEach(
            (key, values) -> {
              if (!ours(key)) {
                all.put(key, values);
              }
            });
    all.putAll(extras.fixed());
    if (extras.clientAddress() && !clientAddress.isEmpty()) {
      all.put(IdentityExtras.CLIENT_ADDRESS, List.of(clientAddress));
    }
    plain.write(new UserInfo(caller.name(), caller.uid(), caller.groups(), all), out);
  }

  private boolean ours(String key) {
    String small = key.toLowerCase(Locale.ROOT);
    return extras.fixed().containsKey(small)
        || extras.clientAddress() && small.equals(IdentityExtras.CLIENT_ADDRESS);
  }

  @Override
  public boolean claims(String name) {
    return plain.claims(name);
  }
}
