extension String {
    /// Full-width digits and signs (U+FF01 to U+FF5E), which Chinese keyboards give, as their ASCII forms.
    package var halfWidth: String {
        guard utf8.contains(where: { $0 >= 0xEF }) else { return self }
        var scalars = String.UnicodeScalarView()
        for scalar in unicodeScalars {
            let isFull = (0xFF01...0xFF5E).contains(scalar.value)
            scalars.append(isFull ? Unicode.Scalar(UInt8(scalar.value - 0xFEE0)) : scalar)
        }
        return String(scalars)
    }
}
