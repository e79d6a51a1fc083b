package dev.sallyport.server.tls;

import io.netty.handler.ssl.SslContext;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One generation of serving certificates: which context answers for which server name. */
public final class TlsContexts {

  private final SslContext fallback;
  private final Map<String, SslContext> exact;
  private final Map<String, SslContext> wildcards;

  /**
   * @param exact by lower-case host name
   * @param wildcards by what follows the {@code *.}
   */
  TlsContexts(
      SslContext fallback, Map<String, SslContext> exact, Map<String, SslContext> wildcards) {
    this.fallback = fallback;
    this.exact = Map.copyOf(exact);
    this.wildcards = Map.copyOf(wildcards);
  }

  /**
   * The context for the name that a client asks for; a wildcard stands for one label.
   *
   * @param serverName null when the client named none
   */
  public SslContext select(@Nullable String serverName) {
    if (serverName == null || exact.isEmpty() && wildcards.isEmpty()) {
      return fallback;
    }
    String name = serverName.toLowerCase(Locale.ROOT);
    SslContext context = exact.get(name);
    if (context != null) {
      return context;
    }
    int dot = name.indexOf('.');
    context = dot < 0 ? null : wildcards.get(name.substring(dot + 1));
    return context == null ? fallback : context;
  }

  /** What both HTTP versions are called in ALPN, the better first. */
  static final List<String> PROTOCOLS = List.of("h2", "http/1.1");
}
