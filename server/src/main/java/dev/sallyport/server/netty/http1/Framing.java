package dev.sallyport.server.netty.http1;

import static dev.sallyport.server.netty.exchange.StatusResponse.badRequest;
import static dev.sallyport.server.netty.exchange.StatusResponse.refusal;

import dev.sallyport.server.netty.exchange.Authority;
import dev.sallyport.server.netty.exchange.HeaderLines;

/**
 * How a message is delimited and what becomes of its connection (RFC 9112, sections 3.2, 6 and 9).
 *
 * @param length the body's bytes; 0 without one, -1 when it comes in chunks
 * @param upgrade whether the client asks to switch protocols: if that is not done, nothing behind
 *     the answer is taken for a request
 * @param target path and query in origin form
 */
record Framing(
    long length,
    boolean keepAlive,
    boolean expectContinue,
    boolean upgrade,
    String authority,
    String target) {

  private static final int MAX_LENGTH_DIGITS = 18;

  static Framing of(RequestHead head) {
    return new Scan().read(head);
  }

  /** Gathers the lines that frame a message in one pass. */
  private static final class Scan {
    private int hosts;
    private int lengths;
    private int codings;
    private String host = "";
    private String length = "";
    private String coding = "";
    private boolean close;
    private boolean keepAlive;
    private boolean expectContinue;
    private boolean upgrade;

    Framing read(RequestHead head) {
      HeaderLines headers = head.headers();
      for (int i = 0; i < headers.count(); i++) {
        line(headers.name(i), headers.value(i));
      }
      long bytes = bodyLength(head.http10());
      String target = head.target();
      if (target.indexOf('#') >= 0) {
        throw badRequest("the request target has a fragment");
      }
      String authority = checkedHost(head.http10());
      if (target.charAt(0) != '/') {
        int path = afterAuthority(target);
        authority = target.substring(target.indexOf("//") + 2, path);
        if (authority.isEmpty() || !Authority.wellFormed(authority)) {
          throw badRequest("the request target names no host");
        }
        target = path == target.length() ? "/" : target.substring(path);
        target = target.charAt(0) == '/' ? target : "/" + target;
      }
      boolean kept = head.http10() ? keepAlive && !close : !close;
      return new Framing(bytes, kept, expectContinue && !head.http10(), upgrade, authority, target);
    }

    private void line(String name, String value) {
      switch (name.length()) {
        case 4 -> host(name, value);
        case 6 -> expect(name, value);
        case 7 -> upgrade |= name.equalsIgnoreCase("upgrade");
        case 10 -> connection(name, value);
        case 14 -> contentLength(name, value);
        case 17 -> transferEncoding(name, value);
        default -> {}
      }
    }

    private void host(String name, String value) {
      if (name.equalsIgnoreCase("host")) {
        hosts++;
        host = value;
      }
    }

    private void expect(String name, String value) {
      if (!name.equalsIgnoreCase("expect")) {
        return;
      }
      if (!value.equalsIgnoreCase("100-continue")) {
        throw refusal(417, "ExpectationFailed", "the only expectation met here is 100-continue");
      }
      expectContinue = true;
    }

    private void connection(String name, String value) {
      if (name.equalsIgnoreCase("connection")) {
        close |= hasToken(value, "close");
        keepAlive |= hasToken(value, "keep-alive");
      }
    }

    private void contentLength(String name, String value) {
      if (name.equalsIgnoreCase("content-length")) {
        lengths++;
        length = value;
      }
    }

    private void transferEncoding(String name, String value) {
      if (name.equalsIgnoreCase("transfer-encoding")) {
        codings++;
        coding = value;
      }
    }

    private long bodyLength(boolean http10) {
      if (codings > 0) {
        if (codings > 1 || lengths > 0 || http10 || !coding.equalsIgnoreCase("chunked")) {
          throw badRequest("the body's transfer coding is unknown or ambiguous");
        }
        return -1;
      }
      if (lengths == 0) {
        return 0;
      }
      if (lengths > 1 || length.isEmpty() || length.length() > MAX_LENGTH_DIGITS) {
        throw badRequest("the content length is ambiguous");
      }
      return digits(length);
    }

    private static long digits(String text) {
      long value = 0;
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c < '0' || c > '9') {
          throw badRequest("the content length is not a number");
        }
        value = 10 * value + (c - '0');
      }
      return value;
    }

    private String checkedHost(boolean http10) {
      if (hosts > 1 || hosts == 0 && !http10) {
        throw badRequest("a request needs exactly one Host header");
      }
      if (!Authority.wellFormed(host)) {
        throw badRequest("the Host header is malformed");
      }
      return host;
    }

    /** Where the path of an absolute-form target starts; other forms are refused. */
    private static int afterAuthority(String target) {
      boolean http =
          target.regionMatches(true, 0, "http://", 0, 7)
              || target.regionMatches(true, 0, "https://", 0, 8);
      if (!http) {
        throw badRequest("the request target is neither a path nor a URL");
      }
      int at = target.indexOf("//") + 2;
      while (at < target.length() && target.charAt(at) != '/' && target.charAt(at) != '?') {
        at++;
      }
      return at;
    }

    private static boolean hasToken(String list, String token) {
      int from = 0;
      while (from < list.length()) {
        int comma = list.indexOf(',', from);
        int to = comma < 0 ? list.length() : comma;
        if (list.substring(from, to).trim().equalsIgnoreCase(token)) {
          return true;
        }
        from = to + 1;
      }
      return false;
    }
  }
}
