package dev.sallyport.config;

import java.net.InetAddress;
import java.util.List;

/**
 * Where and with which certificates the server listens.
 *
 * @param bindAddress the address to listen on; {@code 0.0.0.0} or {@code ::} for all
 * @param port the TCP port, 0 for any free one
 * @param keyPair the serving certificate for everybody who names no SNI host below; without {@code
 *     --tls-cert-file} the files that the first run makes in the data directory
 * @param sni further certificates, first match wins
 * @param minVersion the oldest TLS version spoken
 * @param cipherSuites IANA names of the TLS 1.2 suites offered; empty: the engine's safe defaults
 * @param http2MaxStreams concurrent streams a client may open per HTTP/2 connection
 * @param clients who is believed about a client's address
 */
public record ServingConfig(
    InetAddress bindAddress,
    int port,
    KeyPairFiles keyPair,
    List<SniKeyPair> sni,
    TlsVersion minVersion,
    List<String> cipherSuites,
    int http2MaxStreams,
    ClientAddressConfig clients) {

  public ServingConfig {
    new Faults()
        .check(port >= 0 && port <= 65535, "--secure-port", port, "a port from 0 to 65535")
        .check(
            http2MaxStreams >= 1,
            "--http2-max-streams-per-connection",
            http2MaxStreams,
            "0 or more")
        .throwIfAny();
    sni = List.copyOf(sni);
    cipherSuites = List.copyOf(cipherSuites);
  }
}
