package dev.sallyport.config.options;

import static dev.sallyport.config.flags.ValueType.ADDRESS;
import static dev.sallyport.config.flags.ValueType.ARRAY;
import static dev.sallyport.config.flags.ValueType.FILE;
import static dev.sallyport.config.flags.ValueType.INT;
import static dev.sallyport.config.flags.ValueType.LIST;

import dev.sallyport.config.BootstrapConfig;
import dev.sallyport.config.CipherSuites;
import dev.sallyport.config.Faults;
import dev.sallyport.config.KeyPairFiles;
import dev.sallyport.config.ServingConfig;
import dev.sallyport.config.SniKeyPair;
import dev.sallyport.config.TlsVersion;
import dev.sallyport.config.flags.Flag;
import dev.sallyport.config.flags.FlagSection;
import dev.sallyport.config.flags.ValueType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where the server listens, and with which certificates. */
final class SecureServingOptions {
  /** What Go's HTTP/2 server takes when told nothing by kube-apiserver. */
  private static final int STREAMS = 100;

  final FlagSection section = new FlagSection("Secure serving");

  private final Flag<InetAddress> bindAddress =
      section.flag(
          "bind-address",
          ADDRESS,
          "127.0.0.1",
          "The IP address to listen on; 0.0.0.0 or :: for all.");
  private final Flag<Integer> port =
      section.flag("secure-port", INT, "6443", "The port to serve HTTPS on; 0 for any free one.");
  private final Flag<Optional<Path>> certDir =
      section.flag(
          "cert-dir",
          FILE,
          "",
          "The folder for the certificates and keys that the first start makes. Default: the data"
              + " directory.");
  private final Flag<Optional<Path>> certificate =
      section.flag(
          "tls-cert-file",
          FILE,
          "",
          "PEM file with the serving certificate, intermediate certificates behind it. Without it"
              + " the first start makes one. Read again when it changes.");
  private final Flag<Optional<Path>> key =
      section.flag(
          "tls-private-key-file", FILE, "", "PEM file with the private key of --tls-cert-file.");
  private final Flag<List<String>> sni =
      section.flag(
          "tls-sni-cert-key",
          ARRAY,
          "",
          "A certificate for certain host names: certificate,key or certificate,key:name,*.name."
              + " Without names, those of the certificate. May be repeated.");
  private final Flag<TlsVersion> minVersion =
      section.flag(
          "tls-min-version",
          ValueType.choice(TlsVersion.class, TlsVersion::flagValue),
          "VersionTLS12",
          "The oldest TLS version a client may speak: VersionTLS12 or VersionTLS13.");
  private final Flag<List<String>> cipherSuites =
      section.flag(
          "tls-cipher-suites",
          LIST,
          "",
          "The TLS 1.2 cipher suites to offer, by Go's names. Default: those with forward secrecy"
              + " and authenticated encryption. TLS 1.3 has its own.");
  private final Flag<Integer> maxStreams =
      section.flag(
          "http2-max-streams-per-connection",
          INT,
          "0",
          "How many requests one HTTP/2 connection may have open; 0 for " + STREAMS + ".");

  Optional<Path> certDir(Faults faults) {
    return certDir.read(faults);
  }

  /** Whether no serving certificate is given, so that one has to be made. */
  boolean makesCertificate(Faults faults) {
    return certificate.read(faults).isEmpty() && key.read(faults).isEmpty();
  }

  SecureServingOptions() {
    section.alias("http2-max-concurrent-streams", maxStreams); // kube-rbac-proxy's name
  }

  /**
   * @param listen host and port in one flag, in place of two
   */
  ServingConfig toConfig(
      BootstrapConfig bootstrap, Flag<String> listen, ClientAddressOptions clients, Faults faults) {
    int streams = maxStreams.read(faults);
    Place place = place(listen, faults);
    return new ServingConfig(
        place.host(),
        place.port(),
        PairOfFiles.read(certificate, key, faults).orElseGet(bootstrap::servingPair),
        sniPairs(faults),
        minVersion.read(faults),
        suites(faults),
        streams == 0 ? STREAMS : streams,
        clients.toConfig(faults));
  }

  private record Place(InetAddress host, int port) {}

  private Place place(Flag<String> listen, Faults faults) {
    int wanted = port.read(faults);
    InetAddress host = bindAddress.read(faults);
    if (!listen.isSet() || listen.text().isEmpty()) {
      return new Place(host, wanted);
    }
    for (Flag<?> other : List.of(bindAddress, port)) {
      if (other.isSet()) {
        faults.add(other.label(), other.text(), "no --secure-listen-address beside it");
      }
    }
    String text = listen.text();
    int colon = text.lastIndexOf(':');
    try {
      String name = text.substring(0, Math.max(0, colon));
      int given = Integer.parseUnsignedInt(text.substring(colon + 1));
      return new Place(address(name), given);
    } catch (IllegalArgumentException | UnknownHostException e) {
      faults.add(listen.label(), text, "an address and a port, such as 0.0.0.0:8443");
      return new Place(host, 0);
    }
  }

  /** Of a name that has several, the first. */
  private static InetAddress address(String name) throws UnknownHostException {
    if (name.isEmpty()) {
      return InetAddress.getByName("0.0.0.0");
    }
    boolean letters =
        name.chars().allMatch(c -> Character.isLetterOrDigit(c) || ".-_".indexOf(c) >= 0);
    return letters ? InetAddress.getByName(name) : ADDRESS.parse().apply(List.of(name));
  }

  void checkFiles(GivenFiles files) {
    files.pair(certificate, key);
    for (SniKeyPair pair : sniPairs(new Faults())) {
      files.pair(sni, pair.files().certificate(), sni, pair.files().key());
    }
  }

  List<String> warnings(Faults faults) {
    return cipherSuites.read(faults).stream()
        .map(CipherSuites::fullName)
        .filter(CipherSuites::weak)
        .map(name -> "--tls-cipher-suites: " + name + " has no forward secrecy")
        .toList();
  }

  private List<String> suites(Faults faults) {
    List<String> names = new ArrayList<>();
    for (String given : cipherSuites.read(faults)) {
      String name = CipherSuites.fullName(given);
      if (CipherSuites.known(name)) {
        names.add(name);
      } else {
        String why = CipherSuites.gone(name) ? "a suite that is not broken: " : "some of ";
        faults.add(cipherSuites.label(), given, why + String.join(", ", CipherSuites.all()));
      }
    }
    return names;
  }

  private List<SniKeyPair> sniPairs(Faults faults) {
    List<SniKeyPair> pairs = new ArrayList<>();
    for (String text : sni.read(faults)) {
      String[] halves = text.split(":", 2);
      String[] files = halves[0].split(",", -1);
      if (files.length != 2 || files[0].isBlank() || files[1].isBlank()) {
        faults.add(sni.label(), text, "certificate,key or certificate,key:name,…");
      } else {
        KeyPairFiles pair = new KeyPairFiles(Path.of(files[0]), Path.of(files[1]));
        List<String> names = halves.length < 2 ? List.of() : List.of(halves[1].split(","));
        pairs.add(new SniKeyPair(pair, names));
      }
    }
    return pairs;
  }
}
