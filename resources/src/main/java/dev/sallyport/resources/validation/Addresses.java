package dev.sallyport.resources.validation;

import dev.sallyport.api.IpText;
import java.util.List;

/** IP addresses and networks, and what the API says of texts that are none. */
public final class Addresses {

  private static final String IP_FAULT =
      "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)";
  private static final String CIDR_FAULT =
      "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)";

  private Addresses() {}

  public static List<String> ip(String text) {
    return IpText.octets(text) == null ? List.of(IP_FAULT) : List.of();
  }

  public static List<String> cidr(String text) {
    return IpText.prefixLength(text) < 0 ? List.of(CIDR_FAULT) : List.of();
  }
}
