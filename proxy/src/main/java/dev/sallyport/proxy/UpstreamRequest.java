package dev.sallyport.proxy;

import dev.sallyport.api.Headers;
import dev.sallyport.api.UserInfo;

/**
 * What is passed on.
 *
 * @param method as the client sent it
 * @param target path and query, still encoded, starting with a slash
 * @param headers the client's; credentials, identities and hop-by-hop headers are left out here
 * @param authority the host that the client asked for
 * @param clientAddress the client's IP address as text
 * @param protocol the client's HTTP version: {@code 1.1} or {@code 2.0}
 * @param user on whose behalf
 * @param bodyLength bytes; 0 without a body, -1 when unknown
 * @param upgrade the one protocol to switch to, {@code websocket} or {@code SPDY/3.1}; "" for none.
 *     Such a request has no body. A backend may still give an ordinary answer.
 * @param origin what else is known about where the request comes from
 */
public record UpstreamRequest(
    String method,
    String target,
    Headers headers,
    String authority,
    String clientAddress,
    String protocol,
    UserInfo user,
    long bodyLength,
    String upgrade,
    ClientOrigin origin) {

  /**
   * Whether it may be sent again as long as no byte of an answer has come: it changes nothing and
   * has no body. A second DELETE or PUT is idempotent too, but would be answered differently.
   */
  public boolean repeatable() {
    return bodyLength == 0
        && upgrade.isEmpty()
        && (method.equals("GET") || method.equals("HEAD") || method.equals("OPTIONS"));
  }

  /** The same caller's request from the same place, said in another way. */
  public UpstreamRequest rewritten(
      String otherMethod, String otherTarget, Headers otherHeaders, long length, String upgradeTo) {
    return new UpstreamRequest(
        otherMethod,
        otherTarget,
        otherHeaders,
        authority,
        clientAddress,
        protocol,
        user,
        length,
        upgradeTo,
        origin);
  }

  /** The same on behalf of nobody whose ends are known. */
  public UpstreamRequest(
      String method,
      String target,
      Headers headers,
      String authority,
      String clientAddress,
      String protocol,
      UserInfo user,
      long bodyLength,
      String upgrade) {
    this(
        method,
        target,
        headers,
        authority,
        clientAddress,
        protocol,
        user,
        bodyLength,
        upgrade,
        ClientOrigin.UNKNOWN);
  }
}
