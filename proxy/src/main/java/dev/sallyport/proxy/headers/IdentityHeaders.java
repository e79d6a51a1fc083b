package dev.sallyport.proxy.headers;

import dev.sallyport.api.UserInfo;
import dev.sallyport.config.IdentityConfig;
import dev.sallyport.config.IdentityHeaderNames;
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

  /**
   * As {@link #write(UserInfo, HeaderSink)}, for one request.
   *
   * @param clientAddress where it comes from, as text
   */
  default void write(UserInfo caller, String clientAddress, HeaderSink out)
      throws UpstreamException {
    write(caller, out);
  }

  /**
   * Whether a header of that name is ours to write here: the client's own never passes. The names
   * that {@link PassedHeaders} keeps back everywhere need not be claimed.
   */
  default boolean claims(String name) {
    return false;
  }

  /**
   * @param mint makes the tokens of {@link UpstreamIdentity#JWT}
   */
  static IdentityHeaders of(IdentityConfig config, TokenMint mint) {
    IdentityHeaders plain = plain(config, mint);
    return config.extras().any() ? new ExtendedIdentity(plain, config.extras()) : plain;
  }

  private static IdentityHeaders plain(IdentityConfig config, TokenMint mint) {
    return switch (config.kind()) {
      case HEADERS ->
          config.names().equals(IdentityHeaderNames.USUAL)
              ? PrefixedIdentity.FRONT_PROXY
              : new NamedIdentity(config.names());
      case IMPERSONATE -> PrefixedIdentity.IMPERSONATION;
      case JWT -> new MintedIdentity(config.jwt().orElseThrow(), mint);
      case NONE -> NONE;
    };
  }
}
