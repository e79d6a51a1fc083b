package dev.sallyport.server.bootstrap;

import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names and addresses that clients reach this server by, for its certificate.
 *
 * @param dns the host names
 * @param addresses the IP addresses
 */
record ServerNames(List<String> dns, List<InetAddress> addresses) {
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
  private static final Pattern DNS_NAME = Pattern.compile("[a-z0-9]([a-z0-9.-]*[a-z0-9])?");

  /** Those of a server on this machine that listens on that address. */
  static ServerNames of(InetAddress bindAddress) {
    Set<String> dns = new LinkedHashSet<>();
    dns.add("localhost");
    dns.add("kubernetes");
    dns.add("kubernetes.default");
    dns.add("kubernetes.default.svc");
    dns.add("kubernetes.default.svc.cluster.local");
    String host = hostName();
    if (DNS_NAME.matcher(host).matches()) {
      dns.add(host);
    }
    Set<InetAddress> addresses = new LinkedHashSet<>();
    addresses.add(loopback("127.0.0.1"));
    addresses.add(loopback("::1"));
    if (bindAddress.isAnyLocalAddress()) {
      addresses.addAll(ownAddresses());
    } else {
      addresses.add(bindAddress);
    }
    return new ServerNames(List.copyOf(dns), List.copyOf(addresses));
  }

  /** Whether a certificate speaks for all of them. */
  boolean areIn(X509Certificate certificate) {
    Set<String> there = new HashSet<>();
    try {
      Collection<List<?>> names = certificate.getSubjectAlternativeNames();
      if (names != null) {
        names.forEach(name -> there.add(String.valueOf(name.get(1))));
      }
    } catch (CertificateParsingException e) {
      return false;
    }
    return there.containsAll(dns)
        && addresses.stream().map(ServerNames::bare).allMatch(there::contains);
  }

  /** As a certificate prints it: without an interface's name behind the address. */
  private static String bare(InetAddress address) {
    String text = address.getHostAddress();
    int zone = text.indexOf('%');
    return zone < 0 ? text : text.substring(0, zone);
  }

  /** Read, not resolved: a name server that is away would hold up the start. */
  private static String hostName() {
    try {
      return Files.readString(HOST_NAME).strip().toLowerCase(Locale.ROOT);
    } catch (IOException e) {
      String variable = System.getenv("HOSTNAME");
      return variable == null ? "" : variable.toLowerCase(Locale.ROOT);
    }
  }

  private static InetAddress loopback(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<InetAddress> ownAddresses() {
    try {
      return new ArrayList<>(
          NetworkInterface.networkInterfaces()
              .flatMap(NetworkInterface::inetAddresses)
              .filter(address -> !address.isLinkLocalAddress())
              .toList());
    } catch (SocketException e) {
      return List.of();
    }
  }
}
