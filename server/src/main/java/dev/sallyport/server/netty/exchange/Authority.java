package dev.sallyport.server.netty.exchange;

/** The host and port that a request asks for, whichever HTTP version carries it. */
public final class Authority {

  private Authority() {}

  /**
   * Whether nobody can read it as something else: letters, digits and what stands in names, IP
   * addresses and ports. The empty text is well-formed.
   */
  public static boolean wellFormed(String host) {
    for (int i = 0; i < host.length(); i++) {
      char c = host.charAt(i);
      boolean fits =
          c >= 'a' && c <= 'z'
              || c >= 'A' && c <= 'Z'
              || c >= '0' && c <= '9'
              || c == '.'
              || c == '-'
              || c == ':'
              || c == '_'
              || c == '['
              || c == ']'
              || c == '%'
              || c == '~';
      if (!fits) {
        return false;
      }
    }
    return true;
  }
}
