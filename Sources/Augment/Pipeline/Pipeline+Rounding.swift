extension Pipeline {
    /// Refuses images made from labels whose numbers the type of the result does not hold.
    ///
    /// Every step is taken to happen: what one says of type and domain holds for those behind it.
    func checkRounding(_ start: Scene) throws(AugmentError) {
        var scene = start
        var loss: AugmentError?
        for placed in allTransforms {
            if let maker = placed.transform as? LabelsToImage {
                loss = maker.lossByRounding(in: scene).map {
                    AugmentError.transform(path: placed.path, "\(LabelsToImage.name): \($0)").located(at: placed.place)
                }
            }
            for form in placed.transform.outputForms(in: scene) {
                scene.follow(.output(form))
                // Nothing is rounded before, and what becomes of it is another type's.
                if form.kind != nil { loss = nil }
            }
        }
        if let loss { throw loss }
    }
}

extension Transform {
    /// What the transform says of the result; only preparations do.
    fileprivate func outputForms(in scene: Scene) -> [OutputForm] {
        guard Self.declaration.group == .preparation else { return [] }
        let draws = DrawKey(seed: 0, sample: "").draws(at: "0")
        guard let values = try? draw(draws, in: scene),
            let operations = try? operations(values, draws: draws, in: scene)
        else { return [] }
        return operations.compactMap { if case .output(let form) = $0 { form } else { nil } }
    }
}
