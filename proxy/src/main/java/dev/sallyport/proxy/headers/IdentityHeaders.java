package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.UpstreamIdentity;
import dev.sallyport.proxy.UpstreamException;

/** Tells a backend who calls. Any thread; a request on its way waits for nothing. */
@FunctionalInterface
public interface IdentityHeaders {

  /** For a backend that is not told. */
  IdentityHeaders NONE = (caller, out) -> {};

  /**
   * Writes the lines that name the caller.
   *
   * @throws UpstreamException when the identity cannot be told in headers; nothing is sent then
   */
  void write(UserInfo caller, HeaderSink out) throws UpstreamException;

  static IdentityHeaders of(UpstreamIdentity identity) {
    return switch (identity) {
      case HEADERS -> PrefixedIdentity.FRONT_PROXY;
      case IMPERSONATE -> PrefixedIdentity.IMPERSONATION;
      case NONE -> NONE;
    };
  }
}
