package dev.sallyport.proxy.headers;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.IdentityExtras;
import dev.sallyport.proxy.UpstreamException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class ExtendedIdentityTest {

  private static final IdentityExtras EXTRAS =
      new IdentityExtras(true, Map.of("gateway", List.of("east", "1")));

  private static List<String> told(UserInfo caller, String address) throws UpstreamException {
    List<String> lines = new ArrayList<>();
    IdentityHeaders.of(IdentityConfig.IMPERSONATE.with(EXTRAS), unasked -> "")
        .write(caller, address, (name, value) -> lines.add(name + ": " + value));
    return List.copyOf(new TreeSet<>(lines));
  }

  @Test
  void tellsTheClientsAddressAndWhatIsFixed() throws Exception {
    assertEquals(
        List.of(
            "Impersonate-Extra-gateway: 1",
            "Impersonate-Extra-gateway: east",
            "Impersonate-Extra-remote-client-ip: 203.0.113.7",
            "Impersonate-Extra-scopes: read",
            "Impersonate-Group: dev",
            "Impersonate-User: ann"),
        told(
            new UserInfo("ann", "", List.of("dev"), Map.of("scopes", List.of("read"))),
            "203.0.113.7"));
  }

  @Test
  void whatTheCallerBringsUnderOurKeysIsNotTold() throws Exception {
    assertEquals(
        List.of(
            "Impersonate-Extra-gateway: 1",
            "Impersonate-Extra-gateway: east",
            "Impersonate-Extra-remote-client-ip: 203.0.113.7",
            "Impersonate-User: ann"),
        told(
            new UserInfo(
                "ann",
                "",
                List.of(),
                Map.of(
                    "Remote-Client-IP", List.of("6.6.6.6"),
                    "remote-client-ip", List.of("6.6.6.7"),
                    "Gateway", List.of("west"))),
            "203.0.113.7"));
  }

  @Test
  void aNameThatCannotBeToldIsStillRefused() {
    assertThrows(
        UpstreamException.class, () -> told(UserInfo.of("ann\r\nImpersonate-User: root"), "::1"));
  }
}
