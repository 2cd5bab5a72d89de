/// The version of Tessera.
public let tesseraVersion = "0.1.0"
