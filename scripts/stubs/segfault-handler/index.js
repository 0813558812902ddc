exports.registerHandler = () => {}
